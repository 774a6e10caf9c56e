package themes

import (
	"slices"
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
)

// table is the annex of 苏协调小组〔2021〕1号: matter, lead, partners.
var table = [][3]string{
	{"企业开办", "省市场监管局", "省公安厅、人民银行南京分行、省税务局、省人力资源社会保障厅、省住房城乡建设厅"},
	{"企业注销", "省市场监管局", "省税务局、省高院、省人力资源社会保障厅、省商务厅、南京海关"},
	{"不动产登记", "省自然资源厅", "省住房城乡建设厅、省税务局"},
	{"工程建设项目审批", "省住房城乡建设厅", "省发展改革委、省自然资源厅、省政务办、省电力公司"},
	{"不动产和动产抵押登记", "人民银行南京分行", "省自然资源厅、省银保监局、省地方金融监管局、省政务办"},
	{"新生儿出生", "省卫生健康委", "省公安厅、省人力资源社会保障厅、省民政厅、省医保局、省税务局、省政务办"},
	{"就业登记", "省人力资源社会保障厅", "省住房城乡建设厅、省医保局"},
	{"结婚", "省民政厅", "省公安厅、省政务办"},
	{"退休", "省人力资源社会保障厅", "省医保局、省住房城乡建设厅、省卫生健康委"},
	{"身后（正常死亡）", "省民政厅", "省公安厅、省人力资源社会保障厅、省卫生健康委、省医保局、省残联、省退役军人厅"},
	{"军人退役", "省退役军人厅", "省公安厅、省人力资源社会保障厅、省医保局、省政务办"},
	{"开便利店", "省市场监管局", "省应急厅、省政务办"},
	{"开药店", "省药监局", "省市场监管局、省应急厅、省政务办"},
}

// Lead and partners are those of the notice, each with the agency of this city
// that stands for it, and what they do are items somebody can apply for: with a
// basis, a form, a procedure and a result.
func TestDepartmentsAreThoseOfTheNoticeWithRealItems(t *testing.T) {
	all, editions := sampleCity(t)
	for _, row := range table {
		i := slices.IndexFunc(all, func(t *Theme) bool { return t.Name == row[0] })
		if i < 0 {
			t.Errorf("no theme %s", row[0])
			continue
		}
		theme := all[i]
		var partners []string
		for _, d := range append([]Department{theme.Lead}, theme.Partners...) {
			partners = append(partners, d.Name)
			if d.Agency == "" {
				t.Errorf("%s: nobody stands for %s", theme.Name, d.Name)
			}
		}
		if got, want := strings.Join(partners, "、"), row[1]+"、"+row[2]; got != want {
			t.Errorf("%s: %s, the notice has %s", theme.Name, got, want)
		}
		for _, c := range theme.Components {
			real(t, theme.Name, editions[c.Item], c.Item)
		}
	}
}

func real(t *testing.T, theme string, e *items.Edition, id items.ID) {
	t.Helper()
	if e == nil {
		t.Errorf("%s: no item %s", theme, id)
		return
	}
	if len(e.Bases) == 0 || len(e.Materials) == 0 && e.Type == items.Licence || e.Form.Empty() || len(e.Procedure.Nodes) < 3 || len(e.Results) == 0 {
		t.Errorf("%s: %s has %d bases, %d materials, %d nodes, %d results", theme, id, len(e.Bases), len(e.Materials), len(e.Procedure.Nodes), len(e.Results))
	}
}
