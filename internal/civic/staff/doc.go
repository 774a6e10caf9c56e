// Package staff knows who works where (岗位人员): which post in which agency each
// official holds, since when, and who stands in for whom (AB岗).
package staff
