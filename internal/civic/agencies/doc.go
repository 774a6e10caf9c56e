// Package agencies knows the bodies that govern (部门): governments, their
// departments and centres, towns, streets and villages, at the four levels
// from city to village (市、县、镇、村四级, 徐政发〔2022〕21号（一）), with what papers
// must say about them: credit code, address, and where one complains of them.
package agencies
