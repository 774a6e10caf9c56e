package frame

import "tongban/internal/register/credit"

// GradeTone is the colour of a credit grade.
func GradeTone(g credit.Grade) Tone {
	return map[credit.Grade]Tone{credit.GradeA: Green, credit.GradeB: Green, credit.GradeC: Amber, credit.GradeD: Red}[g]
}
