package desk

import "strings"

// works are the periodic works in words.
var works = map[string]string{
	"app.requests expire": "清理过期的请求编号", "app.drafts expire": "删去久未接着填的草稿", "app.archive closed cases": "办结件归档", "app.missing numbers": "核对文号有没有断号",
	"app.certificates are found by words": "证照按文字查找的准备", "app.invitations of experts": "专家邀请到期",
	"event.deliver": "送达内部消息", "app.wake cases": "到期自动受理", "app.items take effect": "事项到日生效", "app.sweep sessions": "清理过期登录",
	"app.sweep uploads": "清理没有传完的上传", "app.remove files nothing names": "清理没有用上的附件", "app.rests and notices of companies": "企业歇业和公示到期", "app.rating defaults": "到期默认评价", "app.rating sums": "合计评价", "app.messages to other places": "与协作平台交换报文", "app.balance with other places": "与协作平台对账", "app.joint visits": "提醒联合踏勘", "app.supervision": "效能统计、预警和提醒", "app.reckon due days": "按新日历重算到期日", "app.seal the day": "公布每日总根",
	"app.revisions are published": "审定的修订到日发布", "app.running cases are weighed": "在办件对照新版清单", "app.files are imported": "导入事项文件", "app.seal anew": "换密钥后重新加密、重算查找值", "app.seals pass to a new root": "换根证书后换发印章",
}

// WorkName is a periodic work in words.
func WorkName(name string) string {
	if said := works["app."+strings.TrimPrefix(name, "app.")]; said != "" {
		return said
	}
	if said := works[name]; said != "" {
		return said
	}
	return "其他定时工作"
}

// listeners are those who hear the news, in words: by what each does with it.
var listeners = map[string]string{
	"alarms of originals": "原件流转的预警", "alarms of bad ratings": "差评整改的预警", "alarms of raters called": "差评回访的预警", "alarms of ratings reviewed": "差评审核的预警", "alarms of ratings answered": "差评答复的预警",
	"alarms of help asked for": "办不成事反映和帮办的预警", "alarms of credit pleas": "信用异议和修复的预警", "paper numbers": "给文书编号", "automatic review": "自动审查", "rating invites": "邀请评价", "credit of broken words": "记录未兑现的承诺",
	"publicity of decisions": "公开办理结果", "publicity of pledges": "公开告知承诺", "announced hearings": "听证公告", "matters of other places": "异地办件的回传", "joint cases go on": "推进一件事联办", "stages of projects": "推进工程项目的阶段", "cases of projects": "工程项目的办件",
	"certificates of granted cases": "制发证照", "lives of companies": "企业登记簿", "business licences revoked": "吊销营业执照的登记", "permits on their licence": "把许可写入综合许可证", "licences follow their permits": "综合许可证随许可变动", "certificates in their case": "把证照编号写入办件",
}

// ListenerName is a listener in words.
func ListenerName(name string) string {
	if said := listeners[name]; said != "" {
		return said
	}
	return name
}
