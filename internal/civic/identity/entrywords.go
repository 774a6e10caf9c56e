package identity

// entryNames are what was done to an account, as its owner and the administrator read it.
var entryNames = map[string]string{
	"setup": "设立第一位管理员", "create": "开立账号", "register": "注册账号", "displace": "账号被证件所有人收回", "confirm": "窗口核验身份",
	"signin": "登录", "signout": "退出登录", "switch": "切换办事身份", "end": "结束一处登录", "endothers": "结束其他登录", "endall": "结束全部登录",
	"password": "修改密码", "reset": "重设密码", "lock": "停用账号", "unlock": "启用账号",
	"totp.enrol": "准备开启两步验证", "totp.on": "开启两步验证", "totp.off": "关闭两步验证", "mandate": "企业授权", "revoke": "撤销授权",
}

// What says what was done.
func (e Entry) What() string { return entryNames[e.Act] }

// How says from where somebody signed in, or why an account was closed; "" where there
// is nothing to say: keys of sessions and mandates are for programs.
func (e Entry) How() string {
	switch e.Act {
	case "signin", "switch":
		return Channels[e.Detail]
	case "lock":
		return e.Detail
	}
	return ""
}

// Channels are how people reach the platform, as they are told.
var Channels = map[string]string{"pc": "电脑", "mobile": "手机", "api": "程序接口", "window": "窗口", "kiosk": "自助机"}
