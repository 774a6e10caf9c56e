package app

import (
	"context"
	"slices"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
)

// Safety is what a city may ask for beyond what the program always does (安全设置).
type Safety struct {
	Leaked  string   // file of passwords that leaked elsewhere, see secret.Leak; "": only the list in the program
	Factor  []string // roles whose holders must have a second factor; "staff": whoever holds a post
	Scanner string   // address of a clamd that looks at whatever is handed in; "": nobody does
}

// posts are the roles that a post may have.
var posts = []identity.Role{identity.Window, identity.Reviewer, identity.Approver, identity.Head, identity.Supervisor, identity.Items, identity.Auditor, identity.Admin}

// roles reads which roles are asked for. Fault: app.factor.
func (s Safety) roles() (all []identity.Role, err error) {
	for _, name := range s.Factor {
		role := identity.Role(strings.TrimSpace(name))
		switch {
		case role == "staff":
			return posts, nil
		case !slices.Contains(posts, role):
			return nil, fault.New(fault.Invalid, "app.factor", "没有“%s”这种岗位。可以写 %s，或者 staff（全部工作人员）", name, named(posts))
		}
		all = append(all, role)
	}
	return all, nil
}

func named(roles []identity.Role) string {
	all := make([]string, len(roles))
	for i, r := range roles {
		all[i] = string(r)
	}
	return strings.Join(all, "、")
}

// scanned has whatever is handed in looked at for viruses, if the city wants that.
func (a *App) scanned() error {
	if a.Safety.Scanner == "" {
		return nil
	}
	by, err := blob.ReadClamd(a.Safety.Scanner)
	if err != nil {
		return err
	}
	a.Files = blob.Scanned(a.Files, by)
	return nil
}

// careful sets what the city asks of passwords and of sign-in.
func (a *App) careful() (err error) {
	if a.Identity.Factor, err = a.Safety.roles(); err != nil || a.Safety.Leaked == "" {
		return err
	}
	leak, err := secret.OpenLeak(a.Safety.Leaked)
	if err != nil {
		return err
	}
	a.leak, a.Identity.Leaked = leak, leak.Has
	return nil
}

// safetySays is how that stands, for the administrator's page.
func (a *App) safetySays(ctx context.Context) []string {
	factor := "没有要求工作人员开启两步验证（启动参数 --second-factor）"
	if roles := a.Identity.Factor; len(roles) > 0 {
		factor = "必须开启两步验证的岗位：" + named(roles)
	}
	leaked := "新设的密码对照程序自带的泄露名单"
	if a.leak != nil {
		leaked += "和本地的泄露口令库"
	}
	return []string{factor, leaked, a.scannerSays(ctx)}
}

func (a *App) scannerSays(ctx context.Context) string {
	if a.Safety.Scanner == "" {
		return "没有接入查毒程序，附件不查毒（启动参数 --scanner）"
	}
	by, err := blob.ReadClamd(a.Safety.Scanner)
	if err == nil {
		err = by.Ping(ctx)
	}
	if err != nil {
		return "查毒程序没有应答，附件暂时收不进来：" + a.Safety.Scanner
	}
	return "附件由查毒程序检查：" + a.Safety.Scanner
}
