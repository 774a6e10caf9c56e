// Package publicity shows the public what was decided (结果公开): every licence
// granted or refused under an item that says its results are public, within
// seven working days (国办发〔2018〕“双公示”; 徐政发〔2022〕21号（二十九）). Of a person it
// keeps no more than the public may see.
package publicity
