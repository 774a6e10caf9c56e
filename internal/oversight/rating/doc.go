// Package rating asks people how it went (好差评): once for every case that has
// ended, in five grades, never by force. Staff cannot see or influence a rating
// while the case is open, because nobody is asked before it has ended
// (国办发〔2019〕51号; GB/T 39734-2020; 徐政发〔2022〕21号（二十）).
package rating
