package items

// Technical is the test by technical standards on which the decision rests, to
// which two or more of the agency's staff are assigned (检验、检测、检疫,
// 行政许可法第五十五条).
func (e *Edition) Technical() (Special, bool) {
	for _, s := range e.Special {
		if s.Technical {
			return s, true
		}
	}
	return Special{}, false
}

// technicalRules hold such a test to its article.
var technicalRules = []Rule{
	{"items.technical.kind", Error, "只有一项检验、检测、检疫可以按技术标准指派人员进行", "行政许可法第五十五条", otherTechnical},
	{"items.technical.basis", Error, "按技术标准检验、检测、检疫的，须写明技术标准、技术规范", "行政许可法第五十五条", standardless},
	{"items.technical.atOnce", Error, "须检验、检测、检疫的，不能凭承诺当场决定，也不能自动办理", "行政许可法第五十五条", untested},
}

func otherTechnical(e *Edition, say report) {
	seen := false
	for i, s := range e.Special {
		switch {
		case s.Technical && s.Kind != Testing:
			say(at("special", i)+".technical", "“%s”的种类不是%s，不能按技术标准指派检验人员", s.Name, Testing)
		case s.Technical && seen:
			say(at("special", i)+".technical", "已经有一项按技术标准进行的检验、检测、检疫，“%s”请并入那一项", s.Name)
		}
		seen = seen || s.Technical
	}
}

func standardless(e *Edition, say report) {
	for i, s := range e.Special {
		if s.Technical && len(s.Basis) == 0 {
			say(at("special", i)+".basis", "请写明“%s”所依据的技术标准、技术规范", s.Name)
		}
	}
}

func untested(e *Edition, say report) {
	_, on := e.Technical()
	e.notAtOnce(on, "准予以检验、检测、检疫的结果为依据", say)
}

// notAtOnce finds that the edition decides without what has to come first.
func (e *Edition) notAtOnce(on bool, why string, say report) {
	if on && e.Pledge.AtOnce {
		say("pledge.atOnce", "%s，不能凭承诺当场决定", why)
	}
	if on && e.Automatic.Decides {
		say("automatic.decides", "%s，不能自动办理", why)
	}
}
