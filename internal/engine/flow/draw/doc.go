// Package draw lays procedures out and draws them for people to read (流程图绘制):
// as SVG for the guide and the case page, and as an ordered list to stand beside
// it for those who do not see pictures.
//
// The drawing carries class names only, no styles and no scripts; how it looks
// is the page's affair.
package draw
