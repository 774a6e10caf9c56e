package codes

import (
	"strconv"
	"strings"

	"tongban/internal/civic/calendar"
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

// A CaseNumber is the number of a case (办件编号): the implementation code of
// its item, the day it was submitted, and a serial of that item and day.
type CaseNumber struct {
	Item   string // implementation code, 31 characters in the national scheme
	Day    calendar.Day
	Serial int // 1 to 9999
}

// maxCaseNumber is what GB/T 39046-2020 and the exchange tables have room for.
const maxCaseNumber = 50

// NewCaseNumber makes a number. Faults: codes.case.item for a code that leaves no
// room or is empty, .serial when the day's numbers are used up, .day.
func NewCaseNumber(item string, day calendar.Day, serial int) (CaseNumber, error) {
	n := CaseNumber{Tidy(item), day, serial}
	switch {
	case n.Item == "" || len(n.Item) > maxCaseNumber-12:
		return CaseNumber{}, bad("case.item", "实施编码为空或超过%d位，无法生成办件编号", maxCaseNumber-12)
	case day == 0 || day.Year() < 1000 || day.Year() > 9999:
		return CaseNumber{}, bad("case.day", "没有收件日期，无法生成办件编号")
	case serial < 1 || serial > 9999:
		return CaseNumber{}, bad("case.serial", "该事项当日办件已满9999件，请明日再办")
	}
	return n, nil
}

// ParseCaseNumber reads what String writes. Fault: codes.case.number.
func ParseCaseNumber(s string) (CaseNumber, error) {
	s = Tidy(s)
	cut := len(s) - 12
	if cut < 1 || !digits(s[cut:]) {
		return CaseNumber{}, badCaseNumber()
	}
	serial, err := strconv.Atoi(s[cut+8:])
	if err != nil {
		return CaseNumber{}, badCaseNumber()
	}
	n, err := NewCaseNumber(s[:cut], calendar.Parse(s[cut:cut+4]+"-"+s[cut+4:cut+6]+"-"+s[cut+6:cut+8]), serial)
	if err != nil {
		return CaseNumber{}, badCaseNumber()
	}
	return n, nil
}

func badCaseNumber() error {
	return bad("case.number", "办件编号不完整，请按回执上的编号重新填写")
}

// String is the number as it is printed: code, YYYYMMDD, four digits.
func (n CaseNumber) String() string {
	serial := strconv.Itoa(n.Serial)
	return n.Item + strings.ReplaceAll(n.Day.String(), "-", "") + strings.Repeat("0", 4-len(serial)) + serial
}
