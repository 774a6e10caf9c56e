package forms

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/ground/fault"
)

// judges are the rules of each kind, for an answer that is there. A kind
// without one takes any text.
var judges = map[Kind]func(f Field, v string, today calendar.Day) (code, say string){
	Number: judgeNumber,
	Money:  judgeMoney,
	Date:   judgeDay,
	Birth:  judgeBirth,
	Mobile: func(f Field, v string, _ calendar.Day) (string, string) {
		_, err := codes.ParseMobile(v)
		return said(f, err)
	},
	IDNumber: judgeID,
	USCC:     judgeUSCC,
	Choice:   judgeChoice,
	Choices:  judgeChoices,
	YesNo:    judgeYesNo,
	Region: func(f Field, v string, _ calendar.Day) (string, string) {
		_, err := codes.ParseDivision(v)
		return said(f, err)
	},
	File:  judgeFile,
	Email: judgeEmail,
	Bank:  judgeBank,
}

var (
	decimal = regexp.MustCompile(`^-?\d{1,12}(\.\d{1,6})?$`)
	yuan    = regexp.MustCompile(`^\d{1,12}(\.\d{1,2})?$`)
	email   = regexp.MustCompile(`^[0-9A-Za-z.!#$%&'*+/=?^_{|}~-]{1,64}@([0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?\.)+[A-Za-z]{2,24}$`)
	bank    = regexp.MustCompile(`^\d{8,30}$`)
	content = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

func said(f Field, err error) (string, string) {
	if err == nil {
		return "", ""
	}
	why := fault.Say(err)
	if strings.HasPrefix(why, f.Label) {
		return "format", why
	}
	return "format", f.Label + "有误：" + why
}

func judgeNumber(f Field, v string, today calendar.Day) (string, string) {
	if !decimal.MatchString(v) {
		return "format", f.Label + "应是数字，如 120 或 120.5"
	}
	return f.between(v)
}

func judgeMoney(f Field, v string, today calendar.Day) (string, string) {
	if !yuan.MatchString(v) {
		return "format", f.Label + "应是金额，单位元，最多两位小数，如 1200.50"
	}
	return f.between(v)
}

// between holds a number to the least and the most of its field.
func (f Field) between(v string) (string, string) {
	n, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return "format", f.Label + "应是数字"
	}
	if least, err := strconv.ParseFloat(f.Min, 64); err == nil && n < least {
		return "range", fmt.Sprintf("%s不能小于%s%s", f.Label, f.Min, f.Unit)
	}
	if most, err := strconv.ParseFloat(f.Max, 64); err == nil && n > most {
		return "range", fmt.Sprintf("%s不能大于%s%s", f.Label, f.Max, f.Unit)
	}
	return "", ""
}

func judgeDay(f Field, v string, today calendar.Day) (string, string) {
	day := calendar.Parse(v)
	if day == 0 {
		return "format", fmt.Sprintf("%s“%s”不是存在的日期，请按年、月、日填写，如 2026-09-24", f.Label, short(v))
	}
	if least, ok := bound(f.Min, today); ok && day < least {
		return "range", fmt.Sprintf("%s不能早于%s", f.Label, bounded(f.Min, least))
	}
	if most, ok := bound(f.Max, today); ok && day > most {
		return "range", fmt.Sprintf("%s不能晚于%s", f.Label, bounded(f.Max, most))
	}
	return "", ""
}

func judgeBirth(f Field, v string, today calendar.Day) (string, string) {
	if code, say := judgeDay(f, v, today); code != "" {
		return code, say
	}
	switch day := calendar.Parse(v); {
	case day > today:
		return "range", f.Label + "不能晚于今天"
	case day.Year() < today.Year()-150:
		return "range", f.Label + "早于150年前，请核对年份"
	default:
		return "", ""
	}
}

func judgeID(f Field, v string, today calendar.Day) (string, string) {
	if codes.Resident(v) {
		return "", ""
	}
	_, err := codes.ParseCitizen(v, today)
	return said(f, err)
}

// judgeUSCC lets through a code whose check fails: some lawful ones do, and
// whoever sees the answer sees the doubt (Seen).
func judgeUSCC(f Field, v string, _ calendar.Day) (string, string) {
	if _, severity, err := codes.ParseUSCC(v); severity == codes.Wrong {
		return said(f, err)
	}
	return "", ""
}

func judgeChoice(f Field, v string, _ calendar.Day) (string, string) {
	if f.place(v) == len(f.Options) {
		return "option", fmt.Sprintf("%s没有“%s”这个选项，请重新选择", f.Label, short(v))
	}
	return "", ""
}

func judgeChoices(f Field, v string, today calendar.Day) (string, string) {
	values := strings.Split(v, "\n")
	for _, one := range values {
		if code, say := judgeChoice(f, one, today); code != "" {
			return code, say
		}
	}
	return f.many(len(values), "选", "项")
}

// many holds how many values there are to the least and the most of the field.
func (f Field) many(n int, verb, unit string) (string, string) {
	if least, err := strconv.Atoi(f.Min); err == nil && n < least {
		return "count", fmt.Sprintf("%s至少%s%d%s", f.Label, verb, least, unit)
	}
	if most, err := strconv.Atoi(f.Max); err == nil && n > most {
		return "count", fmt.Sprintf("%s最多%s%d%s", f.Label, verb, most, unit)
	}
	return "", ""
}

func judgeYesNo(f Field, v string, _ calendar.Day) (string, string) {
	if v != Yes && v != No {
		return "option", f.Label + "请选择“是”或“否”"
	}
	return "", ""
}

func judgeFile(f Field, v string, _ calendar.Day) (string, string) {
	hashes := strings.Split(v, "\n")
	if slices.ContainsFunc(hashes, func(h string) bool { return !content.MatchString(h) }) {
		return "format", f.Label + "的文件没有传完，请重新上传"
	}
	return f.many(len(hashes), "上传", "个文件")
}

func judgeEmail(f Field, v string, _ calendar.Day) (string, string) {
	if !email.MatchString(v) {
		return "format", f.Label + "应像 name@example.cn，请核对"
	}
	return "", ""
}

func judgeBank(f Field, v string, _ calendar.Day) (string, string) {
	if !bank.MatchString(v) {
		return "format", f.Label + "应是8至30位数字，请核对"
	}
	return "", ""
}
