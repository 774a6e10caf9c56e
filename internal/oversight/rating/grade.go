package rating

// A Grade is how satisfied someone was (满意度). The number is the number of
// stars; other systems count the other way round, see Standard and National.
type Grade int

// The grades of GB/T 39735.
const (
	VeryBad   Grade = 1 // 非常不满意
	Bad       Grade = 2 // 不满意
	Fair      Grade = 3 // 基本满意
	Good      Grade = 4 // 满意
	Excellent Grade = 5 // 非常满意
)

// Grades are all of them, best first.
var Grades = []Grade{Excellent, Good, Fair, Bad, VeryBad}

var gradeNames = map[Grade]string{Excellent: "非常满意", Good: "满意", Fair: "基本满意", Bad: "不满意", VeryBad: "非常不满意"}

// Han is the grade in words; "" for a number that is none.
func (g Grade) Han() string { return gradeNames[g] }

// Poor reports whether the grade is a bad rating (差评), which somebody must answer.
func (g Grade) Poor() bool { return g == Bad || g == VeryBad }

// Standard is the code of GB/T 39046-2020 table A.8, where 1 is the best.
func (g Grade) Standard() int { return 6 - int(g) }

// National is the code of the national rating interface (satisfaction), where
// 5 is the best.
func (g Grade) National() int { return int(g) }
