// Package halls knows the places where people are served face to face
// (政务大厅): centres, branch centres, town centres, village stations and service
// points, with their windows and hours, named as 徐政发〔2022〕21号（十一） has them.
package halls
