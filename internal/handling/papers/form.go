package papers

import "slices"

// A Key names a form: a kind of paper, and the occasion where one kind is worded
// differently on several.
type Key string

// A Form is what may and what must stand in the words of a kind of paper.
type Form struct {
	Key   Key
	Title string // of the paper, fixed by law
	When  string // on what occasion it is given
	Words []Word
}

// A Word is a gap that can be filled in.
type Word struct {
	Name   string
	Must   string // the article by which it may not be left out; "" it may
	Spare  bool   // may stand all the same in a paragraph that is left out where it is empty: not every kind of item has it
	Block  bool   // stands alone on a line: a list, or several paragraphs
	Sample string // for a preview
}

// List and Remedies are the blocks: the paper's list, and where one may turn.
const (
	List     = "清单"
	Remedies = "救济途径"
)

const (
	law32    = "行政许可法第三十二条"
	law38    = "行政许可法第三十八条"
	law42    = "行政许可法第四十二条"
	law43    = "行政许可法第四十三条"
	law44    = "行政许可法第四十四条"
	law45    = "行政许可法第四十五条"
	law47    = "行政许可法第四十七条"
	law48    = "行政许可法第四十八条"
	law69    = "行政许可法第六十九条"
	law7     = "行政许可法第七条"
	law70    = "行政许可法第七十条"
	xuzhou7  = "徐政发〔2022〕21号（七）"
	promise  = "国办发〔2020〕42号"
	delivery = "民事诉讼法第八十七条"
)

// common are the gaps that every paper may have.
var common = []Word{
	{Name: "申请人", Sample: "徐州示例餐饮管理有限公司"}, {Name: "事项名称", Sample: "食品经营许可（新办）"}, {Name: "部门", Sample: "徐州市市场监督管理局"},
	{Name: "办件编号", Sample: "11320300MB1234567X00013101700001202609210001"}, {Name: "日期", Sample: "2026年9月21日"}, {Name: "咨询电话", Sample: "0516-00000001"},
}

func must(name, law, sample string) Word { return Word{Name: name, Must: law, Sample: sample} }
func spare(name, law, sample string) Word {
	return Word{Name: name, Must: law, Spare: true, Sample: sample}
}
func may(name, sample string) Word { return Word{Name: name, Sample: sample} }
func list(law string) Word {
	return Word{Name: List, Must: law, Block: true, Sample: "经营场所平面图"}
}
func remedies(law string) Word {
	return Word{Name: Remedies, Must: law, Block: true, Sample: "不服本决定的，可以自收到之日起六十日内向徐州市人民政府申请行政复议，也可以自收到之日起六个月内向徐州铁路运输法院提起行政诉讼。"}
}

var (
	reason = "经营场所面积不足五十平方米"
	basis  = "《中华人民共和国行政许可法》第三十八条第二款"
)

// Forms are all forms. What is obligatory is what the
// article named makes part of the paper; what every paper bears — number, agency,
// seal, case, item, telephone, code — is set around the words and cannot be left out.
var Forms = []Form{
	{"receipt", "申请材料接收凭证", "收到申请材料", []Word{must("收到时间", law32, "2026年9月21日10时05分"), must("告知期限", law32, "2026年9月28日"), list(law32)}},
	{"correction", "一次性补正告知书", "第一次告知补正", []Word{must("补正期限", law32, "2026年10月9日"), list(law32)}},
	{"correction-again", "补正告知书", "再次告知补正：第一次不能发现的内容", []Word{must("补正期限", law32, "2026年10月9日"), must("第一次告知日期", law32, "2026年9月22日"), list(law32)}},
	{"acceptance", "受理通知书", "受理", []Word{must("受理日期", law32, "2026年9月21日")}},
	{"acceptance-promised", "容缺受理通知书", "容缺受理", []Word{must("受理日期", law32, "2026年9月21日"), list(xuzhou7)}},
	{"acceptance-deemed", "受理通知书", "逾期没有告知，视为受理", []Word{must("受理日期", law32, "2026年9月21日"), must("理由", law32, "收到材料之日起五个工作日内未一次性告知补正，自收到材料之日起视为受理")}},
	{"not-needed", "不受理告知书", "告知无需办理", []Word{must("理由", law32, "您的经营方式不属于许可范围"), remedies("")}},
	{"refusal", "不予受理通知书", "不予受理", []Word{must("理由", law32, "不属于本机关职权范围"), may("主管机关或依据", "应向徐州市卫生健康委员会申请"), remedies(law38)}},
	{"promise", "容缺受理承诺书", "申请人承诺补交", []Word{list(xuzhou7)}},
	{"pledge", "告知承诺书", "申请人作出告知承诺", []Word{must("依据", promise, "《食品安全法》第三十五条"), must("承诺种类", promise, "证明事项告知承诺"), must("核查", promise, "作出决定后60个工作日内现场核查"), must("责任", promise, "承诺不实的，依法撤销决定并纳入信用记录。"), may("当场决定", "承诺全部条件的，当场作出决定。"), list(promise)}},
	{"special", "特别程序告知书", "启动特别程序", []Word{must("特别程序", law45, "现场勘验"), must("所需时间", law45, "5个工作日"), may("理由", "需要查看经营场所"), may("依据", "《食品安全法》第三十五条")}},
	{"special-counted", "特别程序告知书", "启动计入办理时限的特别程序", []Word{must("特别程序", law45, "现场勘验"), must("所需时间", law45, "5个工作日"), may("理由", "需要查看经营场所"), may("依据", "《食品安全法》第三十五条")}},
	{"extension", "延长办理期限告知书", "延长期限", []Word{must("批准人", law42, "赵海"), must("延长时间", law42, "10个工作日"), must("理由", law42, "案情复杂，需要进一步核实")}},
	{"decision-granted", "准予行政许可（办理）决定书", "准予", []Word{must("决定内容", law38, "准予行政许可"), may("附带条件", "二层疏散门改为外开后使用"), may("有效期", "自2026年9月21日起5年"), may("适用区域", "江苏省徐州市"), may("听证意见", "听证意见予以采纳"), may("自动决定", "本决定由系统按照公布的审查规则自动作出；您对结果有疑问的，可以要求人工复核。")}},
	{"decision-denied", "不予行政许可（办理）决定书", "不予", []Word{must("决定内容", law38, "不予行政许可"), must("理由", law38, reason), must("依据", law38, basis), may("听证意见", "听证意见不予采纳"), remedies(law38)}},
	{"withdrawal", "撤回申请通知书", "申请人撤回", []Word{may("撤回时间", "2026年9月21日10时05分"), may("撤回原因", "暂不经营")}},
	{"termination", "终止办理通知书", "终止办理", []Word{must("理由", xuzhou7, "“场所平面图”承诺在2026年9月30日以前补交，至今没有补交"), may("情形", "容缺材料逾期没有补交"), may("依据", "徐政发〔2022〕21号（七）"), remedies(law38)}},
	{"service", "送达回证", "送达", []Word{must("送达方式", delivery, "直接送达"), must("受送达人", delivery, "李敏"), must("送达时间", delivery, "2026年9月21日10时05分"), may("视为送达日期", "2026年10月21日"), list(delivery)}},
	{"check", "承诺核查结果告知书", "核查告知承诺", []Word{must("核查方式", promise, "现场核查"), must("核查结果", promise, "符合"), must("核查情况", promise, "设施与承诺一致"), may("整改期限", "2026年10月9日"), may("依据", basis), may("拟撤销", "撤销准予您的决定。您可以自收到本告知书之日起五个工作日内陈述、申辩。"), may("撤销意向", "我们拟依照《中华人民共和国行政许可法》第六十九条撤销准予您的决定。您可以自收到本告知书之日起五个工作日内陈述、申辩。"), remedies(law69), list("")}},
	{"lapse", "容缺逾期告知书", "容缺材料逾期", []Word{list(xuzhou7)}},
	{"postponement", "延长容缺补交期限告知书", "容缺期限延长", []Word{must("补交期限", xuzhou7, "2026年10月9日"), may("理由", "因停电无法制作")}},
	{"hearing-right", "听证告知书", "告知有权要求听证", []Word{must("拟作决定", law47, "拟准予设立娱乐场所"), must("理由", law47, "涉及相邻住户的重大利益"), must("申请期限", law47, "2026年9月28日")}},
	{"record", "备案回执", "当场备案", []Word{must("备案时间", law32, "2026年9月21日10时05分"), list("")}},
	{"later-receipt", "变更、延续、注销申请接收凭证", "收到变更、延续、注销申请", []Word{must("变动", law70, "变更"), must("收到时间", law32, "2026年9月21日10时05分"), may("对象", "行政许可"), may("决定期限", "2026年10月22日"), may("理由", "店名改了"), list("")}},
	{"later-notice", "撤销、撤回、吊销事先告知书", "拟撤销、撤回、吊销", []Word{must("变动", law7, "撤销"), must("情形", law7, "违反法定程序作出准予决定"), must("理由", law7, "审查时没有现场核查"), must("依据", law7, "行政许可法第六十九条"), must("申辩期限", law7, "2026年9月28日"), may("对象", "行政许可"), may("补偿", "由此给您造成财产损失的，依法给予补偿，请在收到本文书后向本机关提出。")}},
	{"later-decision", "变更、延续、注销、撤销、撤回、吊销决定书", "作出变动决定", []Word{must("变动", law38, "撤销"), must("理由", law38, "审查时没有现场核查"), spare("依据", law38, "行政许可法第六十九条"), may("对象", "行政许可"), may("情形", "违反法定程序作出准予决定"), may("申辩答复", "意见不能成立，不予采纳"), may("视为", "您在有效期届满前依法提出了延续申请，本机关逾期没有作出决定，视为准予延续。"), may("补偿", "由此给您造成财产损失的，依法给予补偿，请在收到本文书后向本机关提出。"), remedies(law38), list("")}},
	{"later-refusal", "不予变动决定书", "不予变更、延续、注销，或者终止撤销程序", []Word{must("变动", law38, "变更"), must("理由", law38, "拟变更的地址不符合条件"), may("依据", "行政许可法第四十九条"), may("对象", "行政许可"), may("申辩答复", "意见成立，予以采纳"), remedies(law38)}},
	{"hearing-minutes", "听证笔录", "听证结束", []Word{must("听证事由", law48, "拟准予设立娱乐场所"), must("听证经过", law48, "申请人陈述……；利害关系人质证……"), must("记录人", law48, "王宁"), may("听证时间", "2026年10月15日9时30分"), may("听证地点", "市政务服务中心三楼听证室"), may("主持人", "周海"), may("参加人", "李敏、赵强"), may("未签字情况", "利害关系人拒绝签字")}},
	{"hearing-reply", "听证事项答复书", "不同意听证，或者答复回避申请", []Word{must("请求", law48, "主持人陈宁回避的申请"), must("答复", law48, "同意回避，听证改由周海主持"), may("理由", "没有直接利害关系"), remedies(law38)}},
	{"sent-up", "审查意见和申请材料报送书", "下级机关审查后报送上级机关", []Word{must("审查意见", law43, "同意"), must("上级机关", law43, "徐州市应急管理局"), may("受理日期", "2026年9月21日"), may("报送日期", "2026年10月9日"), may("理由", "装卸时段须避开上下学"), list(law43)}},
	{"experts", "专家评审通知书", "抽取专家，通知评审", []Word{must("评审日期", law45, "2026年10月15日"), must("所需时间", law45, "20个工作日"), may("评审地点", "市政务服务中心三楼评审室"), list(law45)}},
	{"hearing", "听证通知书", "举行听证", []Word{must("听证时间", law48, "2026年10月15日9时30分"), must("听证地点", law48, "市政务服务中心三楼听证室"), must("主持人", law48, "周海"), may("听证事由", "娱乐场所经营许可"), may("公开", "公开举行")}},
}

// FormOf finds a form; false if there is none called so.
func FormOf(key Key) (Form, bool) {
	i := slices.IndexFunc(Forms, func(f Form) bool { return f.Key == key })
	if i < 0 {
		return Form{}, false
	}
	return Forms[i], true
}

// All are the gaps that the form may have, its own first.
func (f Form) All() []Word { return slices.Concat(f.Words, f.founded(), common) }

func (f Form) word(name string) (Word, bool) {
	all := f.All()
	i := slices.IndexFunc(all, func(w Word) bool { return w.Name == name })
	if i < 0 {
		return Word{}, false
	}
	return all[i], true
}

// Samples fills every gap with its sample.
func (f Form) Samples() Values {
	v := Values{}
	for _, w := range f.All() {
		v[w.Name] = w.Sample
	}
	return v
}
