package openapi

import (
	"context"
	"net"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"tongban/internal/civic/identity"
)

// routeSessions names the operations of signing in and out.
func (a *API) routeSessions(b *book) {
	public(b, "POST /sessions", "signIn", "会话", "登录，取得令牌", a.signIn)
	signed(b, "GET /sessions", "listSessions", "会话", "我的会话和令牌", a.sessions)
	signed(b, "DELETE /sessions/{session}", "endSession", "会话", "结束一个会话", a.endSession)
	signed(b, "GET /me", "whoAmI", "会话", "我是谁，有哪些岗位", a.me)
}

// nothing is an operation's answer that says only that it was done.
type nothing struct{}

// done is the answer of an operation that has nothing to show.
type done struct {
	Done bool `json:"done" doc:"已完成"`
}

type signInInput struct {
	from string
	Body struct {
		Login    string `json:"login" minLength:"1" maxLength:"100" doc:"登录名" example:"limin"`
		Password string `json:"password" minLength:"1" maxLength:"200" doc:"密码"`
		Code     string `json:"code,omitempty" maxLength:"40" doc:"动态验证码；开启了第二因素的账号必填"`
		Label    string `json:"label,omitempty" maxLength:"50" doc:"给这个令牌起个名字，便于在会话清单里辨认"`
		Party    string `json:"party,omitempty" maxLength:"64" doc:"代表的企业（GET /me 的 actings 列出）；不写则为本人"`
	}
}

// Resolve notes where the request comes from.
func (in *signInInput) Resolve(ctx huma.Context) []error {
	in.from = ctx.RemoteAddr()
	if host, _, err := net.SplitHostPort(in.from); err == nil {
		in.from = host
	}
	return nil
}

type token struct {
	Token   string    `json:"token" doc:"令牌：放进 Authorization: Bearer 请求头，请妥善保管"`
	Session string    `json:"session" doc:"会话编号，可用来结束它"`
	Expires time.Time `json:"expires" doc:"令牌失效的时间"`
	Account string    `json:"account" doc:"账号"`
	Name    string    `json:"name" doc:"姓名"`
}

func (a *API) signIn(ctx context.Context, _ identity.Actor, in *signInInput) (token, error) {
	client := identity.Client{IP: in.from, Channel: "api", Label: in.Body.Label}
	s, err := a.Identity.SignIn(ctx, in.Body.Login, in.Body.Password, in.Body.Code, client, "")
	if err == nil && in.Body.Party != "" && in.Body.Party != s.Party {
		s, err = a.Identity.Switch(ctx, s.Token, in.Body.Party)
	}
	if err != nil {
		return token{}, err
	}
	return token{s.Token, s.ID, s.Ends, s.Actor.Account, s.Actor.Name}, nil
}

type sessionView struct {
	ID      string    `json:"id" doc:"会话编号"`
	Channel string    `json:"channel" doc:"pc、mobile 为网页，api 为令牌"`
	Label   string    `json:"label,omitempty" doc:"令牌的名字"`
	Agent   string    `json:"agent,omitempty" doc:"浏览器"`
	IP      string    `json:"ip" doc:"来自哪里"`
	Created time.Time `json:"created" doc:"登录时间"`
	Expires time.Time `json:"expires" doc:"最迟结束的时间"`
	Current bool      `json:"current" doc:"是不是正在用的这一个"`
}

func (a *API) sessions(ctx context.Context, by identity.Actor, _ *nothing) (list[sessionView], error) {
	all, err := a.Identity.Sessions(ctx, by)
	return listed(all, func(s identity.Session) sessionView {
		return sessionView{s.ID, s.Client.Channel, s.Client.Label, s.Client.Agent, s.Client.IP, s.Created, s.Ends, s.Current}
	}), err
}

type endSessionInput struct {
	Session string `path:"session" maxLength:"64" doc:"会话编号；写 current 结束正在用的令牌"`
}

func (a *API) endSession(ctx context.Context, by identity.Actor, in *endSessionInput) (done, error) {
	if in.Session == "current" {
		in.Session = by.Session
	}
	return done{true}, a.Identity.End(ctx, in.Session, by)
}

type actingView struct {
	Party   string   `json:"party" doc:"当事人编号"`
	Name    string   `json:"name" doc:"名称"`
	Items   []string `json:"items,omitempty" doc:"授权办理的事项；不写即全部"`
	Current bool     `json:"current" doc:"现在以谁的名义"`
}

type meView struct {
	Account string          `json:"account" doc:"账号"`
	Name    string          `json:"name" doc:"姓名"`
	Party   string          `json:"party,omitempty" doc:"代表的当事人：本人或者企业"`
	Posts   []identity.Post `json:"posts" doc:"岗位；没有岗位的是办事人"`
	Actings []actingView    `json:"actings" doc:"可以以谁的名义办事"`
}

func (a *API) me(ctx context.Context, by identity.Actor, _ *nothing) (meView, error) {
	v := meView{by.Account, by.Name, by.Party, by.Posts, []actingView{}}
	if v.Posts == nil {
		v.Posts = []identity.Post{}
	}
	all, err := a.Identity.Actings(ctx, by)
	for _, one := range all {
		v.Actings = append(v.Actings, actingView{one.Party, one.Name, one.Items, one.Current})
	}
	return v, err
}
