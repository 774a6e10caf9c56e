package codes

import (
	"strings"

	"tongban/internal/civic/calendar"
)

// A Citizen is what a citizen number (公民身份号码, GB 11643-1999) tells. The
// same number is carried by residence permits of 港澳台 residents and, since
// 2023, by foreigners with permanent residence.
type Citizen struct {
	Number   string // 18 characters
	Division string // where the number was given; empty for foreigners
	Birth    calendar.Day
	Female   bool
	From     string // 内地, 香港, 澳门, 台湾, 外国
}

const citizenChecks = "10X98765432"

var citizenWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// provinces are the first two digits of an address code ever given out.
// A number keeps the code it was born with, so abolished counties stay sound.
var provinces = map[string]string{
	"11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
	"21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
	"31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
	"41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
	"50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
	"61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
	"71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区", "83": "台湾地区", "91": "外国",
}

// ParseCitizen reads an 18-character number, or one of 15 digits, which it
// completes as the change of 1999 did: 19 before the year, a check after it.
// today bounds the date of birth. Faults: codes.citizen.length, .characters,
// .division, .birth, .future, .check.
func ParseCitizen(s string, today calendar.Day) (Citizen, error) {
	s = Tidy(s)
	if len(s) == 15 && digits(s) {
		s = lengthen(s)
	}
	if len(s) != 18 {
		return Citizen{}, bad("citizen.length", "身份证号码应是18位，请核对后重新填写")
	}
	if !digits(s[:17]) || !digits(s[17:]) && s[17] != 'X' {
		return Citizen{}, bad("citizen.characters", "身份证号码前17位是数字，最后一位是数字或 X")
	}
	if _, ok := provinces[s[:2]]; !ok && s[0] != '9' {
		return Citizen{}, bad("citizen.division", "身份证号码开头两位“%s”不是地区代码，请核对", s[:2])
	}
	birth, err := birthIn(s[6:14], today)
	if err != nil {
		return Citizen{}, err
	}
	if citizenCheck(s[:17]) != s[17] {
		return Citizen{}, bad("citizen.check", "身份证号码有误（最后一位校验不符），请逐位核对")
	}
	return citizenOf(s, birth), nil
}

func citizenOf(s string, birth calendar.Day) Citizen {
	c := Citizen{Number: s, Division: s[:6], Birth: birth, Female: s[16]%2 == 0, From: "内地"}
	switch {
	case s[0] == '9':
		c.From, c.Division = "外国", ""
	case s[:2] == "81":
		c.From = "香港"
	case s[:2] == "82":
		c.From = "澳门"
	case s[:2] == "83":
		c.From = "台湾"
	}
	return c
}

// birthIn reads YYYYMMDD and holds it to the years people live.
func birthIn(s string, today calendar.Day) (calendar.Day, error) {
	birth := calendar.Parse(s[:4] + "-" + s[4:6] + "-" + s[6:])
	switch {
	case birth == 0 || birth.Year() < 1850:
		return 0, bad("citizen.birth", "身份证号码中的出生日期“%s”不存在，请核对", s)
	case birth > today:
		return 0, bad("citizen.future", "身份证号码中的出生日期“%s”晚于今天，请核对", s)
	default:
		return birth, nil
	}
}

// citizenCheck is ISO 7064 MOD 11-2 over the first 17 digits.
func citizenCheck(body string) byte {
	sum := 0
	for i, w := range citizenWeights {
		sum += int(body[i]-'0') * w
	}
	return citizenChecks[sum%11]
}

func lengthen(s string) string {
	s = s[:6] + "19" + s[6:]
	return s + string(citizenCheck(s))
}

// Resident says whether s may be the number of a foreigner's permanent
// residence card (外国人永久居留身份证) of the 2017 kind: three letters of the
// nation and twelve digits. Cards since 2023 carry a number that ParseCitizen reads.
func Resident(s string) bool {
	s = Tidy(s)
	return len(s) == 15 && digits(s[3:]) && strings.Trim(s[:3], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
