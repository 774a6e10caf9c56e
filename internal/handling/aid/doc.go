// Package aid is for those whose matter will not go through by itself
// (办不成事反映、帮办代办): somebody says what they could not get done, or asks to
// be helped or represented; whoever hears it first stays responsible until it
// has an end (首问负责), and the person is asked whether it was solved
// (徐政发〔2022〕21号（六）（二十）; 汉中经开区2023年方案（八）（九）).
package aid
