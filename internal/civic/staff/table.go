package staff

import (
	"context"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sheet"
	"tongban/internal/ground/sqldb"
)

// Headings are the columns of a table of officials, as its template has them.
// A person with several posts has several rows.
var Headings = []string{"登录名", "姓名", "部门编号", "岗位角色", "岗位名称"}

// Further headings that a table of officials may have: 手机号, 服务区域, 窗口号, 大厅编号.

// mostAtOnce bounds one import: every new password takes its time to hash.
const mostAtOnce = 200

// A Newcomer is one person of a table of officials.
type Newcomer struct {
	Account identity.NewStaff
	Posts   []identity.Post
	rows    []sheet.Row // of the posts
}

// cells says under which heading each field stands.
var cells = map[string]string{"login": "登录名", "name": "姓名", "mobile": "手机号", "agency": "部门编号", "role": "岗位角色", "title": "岗位名称", "region": "服务区域",
	"hall": "大厅编号", "window": "窗口号"}

// FromTable reads officials out of a table and judges whether by may appoint
// them: staff.table with the place of every cell that must change.
func FromTable(t *sheet.Table, d *agencies.Directory, by identity.Actor) ([]Newcomer, error) {
	wrong := sheet.NewFaults("staff.table", "人员表有误，请按提示修改后重新导入")
	var all []Newcomer
	at := map[string]int{}
	for _, r := range t.Rows {
		one := newcomer(r, d, by, wrong)
		i, again := at[one.Account.Login]
		if !again {
			at[one.Account.Login] = len(all)
			all = append(all, one)
			continue
		}
		if all[i].Account.Name != one.Account.Name {
			wrong.At(r, "姓名", "other", "同一登录名在"+all[i].rows[0].Place("姓名")+"写的是另一个姓名")
		}
		all[i].Posts, all[i].rows = append(all[i].Posts, one.Posts...), append(all[i].rows, r)
	}
	if len(all) > mostAtOnce {
		return nil, fault.New(fault.TooLarge, "staff.table.large", "一次最多导入%d人，请拆分后再导入", mostAtOnce)
	}
	return all, wrong.Err()
}

// newcomer reads one row and notes what is wrong with it.
func newcomer(r sheet.Row, d *agencies.Directory, by identity.Actor, wrong *sheet.Faults) Newcomer {
	one := Newcomer{rows: []sheet.Row{r}, Account: identity.NewStaff{Login: identity.Fold(r.Cell("登录名")), Name: r.Cell("姓名"), Mobile: r.Cell("手机号"), Region: r.Cell("服务区域")}}
	a, err := d.Find(r.Cell("部门编号"))
	wrong.Because(r, err, "部门编号", cells)
	if one.Account.Region == "" {
		one.Account.Region = a.Region
	}
	wrong.Because(r, one.Account.Check(), "登录名", cells)
	role, _ := RoleOf(r.Cell("岗位角色"))
	post := identity.Post{Agency: a.ID, Region: one.Account.Region, Role: role, Title: r.Cell("岗位名称"), Window: r.Cell("窗口号"), Hall: r.Cell("大厅编号")}
	if err == nil {
		wrong.Because(r, CheckPost(post, a, by), "部门编号", cells)
	}
	one.Posts = []identity.Post{post}
	return one
}

// Import opens accounts for the officials of a table and gives them their
// posts, all or none, and returns the passwords to tell them.
func (s *Service) Import(ctx context.Context, t *sheet.Table, ids *identity.Service, by identity.Actor) ([]identity.Created, error) {
	d, err := s.Agencies.Directory(ctx)
	if err != nil {
		return nil, err
	}
	all, err := FromTable(t, d, by)
	if err != nil {
		return nil, err
	}
	if err := s.admit(ctx, all, ids); err != nil {
		return nil, err
	}
	var accounts []identity.NewStaff
	for _, one := range all {
		accounts = append(accounts, one.Account)
	}
	return ids.CreateAll(ctx, accounts, by, func(ctx context.Context, created []identity.Created) error {
		return s.Store.Appoint(ctx, appointed(all, created, s.today())...)
	})
}

// admit refuses login names that somebody has, and windows that there are not.
func (s *Service) admit(ctx context.Context, all []Newcomer, ids *identity.Service) error {
	wrong := sheet.NewFaults("staff.table", "人员表有误，请按提示修改后重新导入")
	for _, one := range all {
		taken, err := ids.Taken(ctx, one.Account.Login)
		if err != nil {
			return err
		}
		if taken {
			wrong.At(one.rows[0], "登录名", "taken", "登录名“"+one.Account.Login+"”已被使用")
		}
		for i, p := range one.Posts {
			err := s.seated(ctx, p)
			if err != nil && fault.Of(err) == fault.Internal {
				return err
			}
			wrong.Because(one.rows[i], err, "窗口号", cells)
		}
	}
	return wrong.Err()
}

func appointed(all []Newcomer, created []identity.Created, today calendar.Day) []Holding {
	var holdings []Holding
	for i, one := range all {
		for _, p := range one.Posts {
			holdings = append(holdings, Holding{ID: sqldb.NewID(), Account: created[i].Account, Name: created[i].Name, Post: p, Since: today})
		}
	}
	return holdings
}
