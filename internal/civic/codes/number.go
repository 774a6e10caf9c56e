package codes

import (
	"strconv"
	"strings"
)

// ParseMobile reads a mainland mobile number (手机号码), with or without spaces,
// hyphens and +86. It returns the eleven digits. Fault: codes.mobile.
func ParseMobile(s string) (string, error) {
	s = strings.ReplaceAll(Tidy(s), "-", "")
	if len(s) > 11 {
		for _, before := range []string{"+86", "0086", "86"} {
			s = strings.TrimPrefix(s, before)
		}
	}
	if len(s) != 11 || !digits(s) || s[0] != '1' || s[1] < '3' {
		return "", bad("mobile", "手机号码应是1开头的11位数字，请核对后重新填写")
	}
	return s, nil
}

// A Project is the code of an investment project (投资项目代码): twenty digits
// and four hyphens given out by 投资项目在线审批监管平台.
type Project struct {
	Year     int
	Division string // six digits
	Industry string // two digits
	Type     string // two digits: 01 审批, 02 核准, 03 备案…
	Serial   string // six digits
}

// ParseProject reads 2023-320300-47-01-123456. Faults: codes.project,
// codes.project.division.
func ParseProject(s string) (Project, error) {
	p := strings.Split(Tidy(s), "-")
	if len(p) != 5 {
		return Project{}, badProject()
	}
	for i, n := range []int{4, 6, 2, 2, 6} {
		if len(p[i]) != n || !digits(p[i]) {
			return Project{}, badProject()
		}
	}
	year, err := strconv.Atoi(p[0])
	if err != nil || year < 2000 {
		return Project{}, badProject()
	}
	if _, ok := provinces[p[1][:2]]; !ok {
		return Project{}, bad("project.division", "项目代码第二段“%s”应是6位行政区划代码，请核对", p[1])
	}
	return Project{year, p[1], p[2], p[3], p[4]}, nil
}

func badProject() error {
	return bad("project", "项目代码应是24位，如 2023-320300-47-01-123456，请核对后重新填写")
}

// String is the code in its 24 characters.
func (p Project) String() string {
	return strings.Join([]string{strconv.Itoa(p.Year), p.Division, p.Industry, p.Type, p.Serial}, "-")
}
