package app

import (
	"context"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/staff"
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

// roles reads which roles are asked for. Fault: app.factor.
func (s Safety) roles() (all []identity.Role, err error) {
	for _, name := range s.Factor {
		if name = strings.TrimSpace(name); name == "staff" {
			return officials(), nil
		}
		role, known := staff.RoleOf(name)
		if !known {
			said := named(officials(), func(r identity.Role) string { return string(r) })
			return nil, fault.New(fault.Invalid, "app.factor", "没有“%s”这种岗位。可以写 %s，或者 staff（全部工作人员）", name, said)
		}
		all = append(all, role)
	}
	return all, nil
}

// officials are the roles of whoever holds a post.
func officials() (all []identity.Role) {
	for _, r := range staff.Roles {
		all = append(all, r.Role)
	}
	return all
}

func named(roles []identity.Role, name func(identity.Role) string) string {
	all := make([]string, len(roles))
	for i, r := range roles {
		all[i] = name(r)
	}
	return strings.Join(all, "、")
}

// sound refuses settings that cannot be followed before anything is made: a city that
// was begun by mistake would stand there at the next start. What can be judged only by
// those who are asked for it is not.
func (s Settings) sound() error {
	if _, _, err := s.outward(); err != nil {
		return err
	}
	if _, err := s.Safety.roles(); err != nil {
		return err
	}
	if s.Safety.Scanner != "" {
		if _, err := blob.ReadClamd(s.Safety.Scanner); err != nil {
			return err
		}
	}
	if s.Safety.Leaked == "" {
		return nil
	}
	leak, err := secret.OpenLeak(s.Safety.Leaked)
	if err != nil {
		return err
	}
	return leak.Close()
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
	a.Files, a.scanner = blob.Scanned(a.Files, by), by
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
		factor = "必须开启两步验证的岗位：" + named(roles, staff.RoleCalled)
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
	if a.asked(ctx, func(ctx context.Context) bool { return a.scanner.Ping(ctx) != nil }) {
		return "查毒程序没有应答，附件暂时收不进来：" + a.Safety.Scanner
	}
	return "附件由查毒程序检查：" + a.Safety.Scanner
}
