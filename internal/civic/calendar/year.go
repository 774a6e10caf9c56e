package calendar

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/legible"
)

// A Year is what one State Council notice arranges (国务院办公厅部分节假日安排的通知):
// the days off, and the weekends worked in exchange. Days not listed follow the
// five-day week.
type Year struct {
	Year   int      `json:"year"`
	Papers []string `json:"papers"` // where the notices were published
	Days   []Entry  `json:"days"`
}

// An Entry is one arranged day.
type Entry struct {
	Name string `json:"name"` // the festival it belongs to: "国庆节"
	Date Day    `json:"date"`
	Off  bool   `json:"isOffDay"` // false: worked in exchange
}

// The years a file may be about, and how much of a file is read.
const (
	firstYear = 1990
	lastYear  = 2100
	largest   = 1 << 20
)

// Read reads the file of one year in the public JSON shape (year, papers,
// days[name, date, isOffDay]). The notice of a year may reach back into the
// December before it and forward into the January after. Everything wrong with
// the file is said in one fault (calendar.read.*), place by place.
func Read(r io.Reader) (Year, error) {
	text, err := io.ReadAll(io.LimitReader(r, largest+1))
	if err != nil {
		return Year{}, err
	}
	if len(text) > largest {
		return Year{}, fault.New(fault.TooLarge, "calendar.read.size", "日历文件超过1MB，请确认选对了文件")
	}
	text, ok := legible.UTF8(text)
	if !ok {
		return Year{}, misshapen()
	}
	var f file
	if err := json.Unmarshal(text, &f); err != nil {
		return Year{}, whereMisshapen(text, err)
	}
	return f.year()
}

func misshapen() *fault.Error {
	return fault.New(fault.Invalid, "calendar.read.shape", "日历文件不是约定的JSON格式，应有year、papers、days三项，一年一个文件")
}

// whereMisshapen says where a text stops being a calendar.
func whereMisshapen(text []byte, err error) error {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && e.Field != "" {
		return misshapen().At(e.Field, "calendar.read.shape", "“%s”应是%s", e.Field, wantedOf(e.Type))
	}
	if e, ok := errors.AsType[*json.SyntaxError](err); ok && e.Offset <= int64(len(text)) {
		line := 1 + bytes.Count(text[:e.Offset], []byte("\n"))
		return misshapen().At("file", "calendar.read.shape", "第%d行附近的括号、引号或者逗号不对", line)
	}
	return misshapen()
}

func wantedOf(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Int:
		return "不带引号的整数"
	case reflect.Bool:
		return " true（放假）或者 false（上班），不带引号"
	case reflect.Slice:
		return "列表"
	case reflect.String:
		return "文字"
	}
	return "分项写的内容"
}

// file is a year as it is written, before anything about it is believed.
type file struct {
	Year   int               `json:"year"`
	Papers []string          `json:"papers"`
	Days   []json.RawMessage `json:"days"`
}

// arranged is a day of it, likewise.
type arranged struct {
	Name  string `json:"name"`
	Date  string `json:"date"`
	IsOff *bool  `json:"isOffDay"`
}

func (f file) year() (Year, error) {
	if !ofThisAge(f.Year) {
		return Year{}, fault.New(fault.Invalid, "calendar.read.year", "日历文件的年份应在%d至%d之间，不能是%d", firstYear, lastYear, f.Year)
	}
	if len(f.Days) == 0 {
		return Year{}, fault.New(fault.Invalid, "calendar.read.empty", "%d年的日历文件没有任何放假安排", f.Year)
	}
	y := Year{Year: f.Year, Papers: f.Papers}
	bad := fault.New(fault.Invalid, "calendar.read.days", "%d年的日历文件有错，请逐处更正后重新导入", f.Year)
	seen := map[Day]bool{}
	for i, raw := range f.Days {
		var d arranged
		if e, ok := errors.AsType[*json.UnmarshalTypeError](json.Unmarshal(raw, &d)); ok {
			bad = at(bad, i, e.Field, "第%d天“%s”应是%s", i+1, e.Field, wantedOf(e.Type))
			continue
		}
		if field, say := d.fault(f.Year, seen); say != "" {
			bad = at(bad, i, field, "%s", say)
			continue
		}
		day := Parse(d.Date)
		seen[day] = *d.IsOff
		y.Days = append(y.Days, Entry{d.Name, day, *d.IsOff})
	}
	if len(bad.Fields) > 0 {
		return Year{}, bad
	}
	return y, nil
}

// fault says at which field a day cannot stand in the calendar of a year, and
// why; seen are the days before it, and whether each is off. "" if it can.
func (d arranged) fault(year int, seen map[Day]bool) (field, say string) {
	day := Parse(d.Date)
	off, twice := seen[day]
	switch {
	case day == 0 && Written(d.Date) != 0:
		return "date", fmt.Sprintf("“%.20s”请写成“%s”的样子", d.Date, Written(d.Date))
	case day == 0:
		return "date", fmt.Sprintf("“%.20s”不是日历上有的日期", d.Date)
	case !within(day, year):
		return "date", fmt.Sprintf("%s不属于%d年（含上年12月和次年1月）", day, year)
	case d.IsOff == nil:
		return "isOffDay", fmt.Sprintf("%s没有说明放假还是上班", day)
	case d.Name == "":
		return "name", fmt.Sprintf("%s没有写明节日名称", day)
	case twice && off != *d.IsOff:
		return "date", fmt.Sprintf("%s既写为放假又写为上班", day)
	case twice:
		return "date", fmt.Sprintf("%s重复出现", day)
	}
	return "", ""
}

func ofThisAge(year int) bool { return firstYear <= year && year <= lastYear }

// Doubts are what a notice would hardly say, for whoever puts it in force to look at:
// a working day exchanged for, and a festival that the law makes a holiday
// (全国年节及纪念日放假办法第二条) and the notice does not name.
func (y Year) Doubts() (all []string) {
	named := ""
	for _, e := range y.Days {
		named += e.Name + " "
		if wd := e.Date.Weekday(); !e.Off && wd != time.Saturday && wd != time.Sunday {
			all = append(all, e.Date.Han()+"是"+hanWeekdays[wd]+"，本来就上班，却写为调休上班，请核对通知")
		}
	}
	for _, festival := range []string{"元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆"} {
		if !strings.Contains(named, festival) {
			all = append(all, "没有“"+festival+"”的放假安排，请核对通知")
		}
	}
	return all
}

var hanWeekdays = []string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

// within reports whether a notice about year may arrange d.
func within(d Day, year int) bool {
	switch d.Year() {
	case year:
		return true
	case year - 1:
		return d.utc().Month() == 12
	case year + 1:
		return d.utc().Month() == 1
	}
	return false
}

func at(e *fault.Error, i int, field, say string, args ...any) *fault.Error {
	return e.At(fmt.Sprintf("days[%d].%s", i, field), "calendar.read."+field, say, args...)
}
