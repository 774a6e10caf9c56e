package codes

import "strings"

// Check tells everything that is wrong with the code, segment by segment.
func (c ItemCode) Check() []Finding {
	switch {
	case c.Text == "":
		return []Finding{found("text", Wrong, "item.empty", "没有事项编码")}
	case c.Scheme == Unknown:
		return []Finding{found("text", Doubtful, "item.scheme", "“%s”不合任何已知的事项编码规则，已原样保留", brief(c.Text))}
	case c.Scheme == Tables:
		return nil
	}
	var all []Finding
	all = append(all, c.checkRegion()...)
	all = append(all, c.checkType()...)
	all = append(all, c.checkSerials()...)
	all = append(all, c.checkLevel()...)
	all = append(all, c.checkDivision()...)
	return append(all, c.checkAgency()...)
}

func (c ItemCode) checkRegion() []Finding {
	if c.Region == "" || c.Region == "00" {
		return nil
	}
	if _, ok := provinces[c.Region[:2]]; !ok {
		return []Finding{found("region", Wrong, "item.region", "目录所属地区“%s”不是省级代码", c.Region)}
	}
	return nil
}

func (c ItemCode) checkType() []Finding {
	if c.ItemType == "" || c.NationalType() != "" {
		return nil
	}
	return []Finding{found("type", Doubtful, "item.type", "事项类型“%s”不在代码表中，请对应到国家类型", c.ItemType)}
}

func (c ItemCode) checkSerials() []Finding {
	var all []Finding
	if c.Main != "" && strings.Trim(c.Main, "0") == "" && c.Scheme != Sichuan {
		all = append(all, found("main", Wrong, "item.main", "主项编号不能全是0"))
	}
	if c.Handling == "00" && (c.Scheme == Handling || c.Scheme == BasicHandling) {
		all = append(all, found("handling", Wrong, "item.handling", "业务办理项编号从01开始"))
	}
	if c.HasSubs() && c.Handling != "" {
		all = append(all, found("handling", Doubtful, "item.parent", "有子项的主项（00Y）不直接办理，办理项应编在子项下"))
	}
	return all
}

func (c ItemCode) checkLevel() []Finding {
	if c.Level != "" && (c.Level < "1" || c.Level > "7") {
		return []Finding{found("level", Wrong, "item.level", "行使层级“%s”应是1至7", c.Level)}
	}
	return nil
}

func (c ItemCode) checkDivision() []Finding {
	d := c.Division
	if c.Scheme == Gansu {
		d = d[:6]
	}
	if d == "" {
		if c.Scheme == Sichuan {
			return []Finding{found("division", Wrong, "item.division", "缺少行政区划、序号等段，编码不完整")}
		}
		return nil
	}
	if _, err := ParseDivision(d); err != nil {
		return []Finding{found("division", Wrong, "item.division", "行政区划“%s”不对", c.Division)}
	}
	return nil
}

// checkAgency judges the agency by its length: a USCC has 18 characters, an
// organization code 9. What has neither was typed wrongly or invented.
func (c ItemCode) checkAgency() []Finding {
	if c.Agency == "" {
		return nil
	}
	switch n := len(strings.ReplaceAll(c.Agency, "-", "")); {
	case n == 18:
		_, severity, err := ParseUSCC(c.Agency)
		return c.agencyFound(severity, err)
	case n == 9:
		_, severity, err := ParseOrganization(c.Agency)
		if err == nil && c.Scheme == Sichuan {
			return []Finding{found("agency", Doubtful, "item.agency.old", "实施主体“%s”是旧的组织机构代码，请换成18位统一社会信用代码", c.Agency)}
		}
		return c.agencyFound(severity, err)
	default:
		return []Finding{found("agency", Wrong, "item.agency.length", "实施主体代码“%s”有%d位，应是18位统一社会信用代码", c.Agency, n)}
	}
}

func (c ItemCode) agencyFound(severity Severity, err error) []Finding {
	if err == nil {
		return nil
	}
	return []Finding{found("agency", severity, "item.agency.check", "实施主体代码“%s”有误：%s", c.Agency, say(err))}
}

// NationalType is the item type in the national list (GB/T 39046 A.1), mapped
// from the letters of the scheme; "" when it maps to none.
func (c ItemCode) NationalType() string {
	types := ItemTypes()
	for _, variant := range []string{"", "letters", "sichuan"} {
		if e, ok := types.From(variant, c.ItemType); ok {
			return e.Code
		}
	}
	if len(c.ItemType) == 2 && digits(c.ItemType) && c.ItemType > "10" {
		return c.ItemType // 11–19 and from 21 on are extensions of the place
	}
	return ""
}

func brief(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return s
}
