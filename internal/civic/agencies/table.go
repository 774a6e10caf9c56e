package agencies

import (
	"context"

	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/sheet"
)

// Headings are the columns of a table of agencies, as its template has them;
// those after the sixth may be left out.
var Headings = []string{"部门编号", "全称", "简称", "统一社会信用代码", "区划代码", "机构类型", "上级部门编号", "电话", "地址", "复议机关", "诉讼管辖法院"}

// cells says under which heading each field of an Agency stands.
var cells = map[string]string{"id": "部门编号", "name": "全称", "short": "简称", "uscc": "统一社会信用代码", "region": "区划代码", "kind": "机构类型", "parent": "上级部门编号"}

// FromTable reads agencies out of a table: agencies.table with the place of
// every cell that must change. An agency that the directory knows is changed. lost
// says why one cannot lie where it says, or "".
func FromTable(t *sheet.Table, d *Directory, lost func(Agency) string) ([]Agency, error) {
	wrong := sheet.NewFaults("agencies.table", "部门表有误，请按提示修改后重新导入")
	coming := map[string]bool{}
	for _, r := range t.Rows {
		coming[r.Cell("部门编号")] = true
	}
	var all []Agency
	seen := map[string]bool{}
	for _, r := range t.Rows {
		a := fromRow(r)
		if old, err := d.Find(a.ID); err == nil {
			a.Version, a.Closed = old.Version, old.Closed
		}
		wrong.Because(r, a.Check(), "部门编号", cells)
		if say := lost(a); say != "" && a.Level() != codes.NoLevel {
			wrong.At(r, "区划代码", "none", say)
		}
		if seen[a.ID] {
			wrong.At(r, "部门编号", "twice", "部门编号“"+a.ID+"”重复")
		}
		if _, err := d.Find(a.Parent); a.Parent != "" && err != nil && !coming[a.Parent] {
			wrong.At(r, "上级部门编号", "none", "上级部门“"+a.Parent+"”不存在")
		}
		seen[a.ID] = true
		all = append(all, a)
	}
	return all, wrong.Err()
}

func fromRow(r sheet.Row) Agency {
	return Agency{ID: r.Cell("部门编号"), Name: r.Cell("全称"), Short: r.Cell("简称"), USCC: r.Cell("统一社会信用代码"), Region: r.Cell("区划代码"),
		Kind: Kind(r.Cell("机构类型")), Parent: r.Cell("上级部门编号"), Phone: r.Cell("电话"), Address: r.Cell("地址"), Review: r.Cell("复议机关"), Court: r.Cell("诉讼管辖法院")}
}

// Import enters the agencies of a table, all or none.
func (s *Service) Import(ctx context.Context, t *sheet.Table, by identity.Actor) (int, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return 0, err
	}
	all, err := FromTable(t, d, func(a Agency) string { return s.lost(d, a) })
	if err != nil {
		return 0, err
	}
	return len(all), s.Put(ctx, by, all...)
}
