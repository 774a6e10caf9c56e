// Package publicity shows the public what was granted (结果公开): every licence
// granted under an item that says its results are public (行政许可法第四十条), within
// seven working days (双公示, 发改办财金〔2018〕424号). A refusal is told to the
// applicant alone. Of a person it keeps no more than the public may see.
package publicity
