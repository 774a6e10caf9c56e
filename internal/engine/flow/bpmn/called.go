package bpmn

// chinese is what people call the elements of a diagram.
var chinese = map[string]string{
	"process": "流程", "participant": "泳池", "lane": "泳道", "sequenceFlow": "连线", "messageFlow": "消息连线", "association": "关联线",
	"task": "任务", "userTask": "用户任务", "manualTask": "手工任务", "serviceTask": "服务任务", "scriptTask": "脚本任务", "sendTask": "发送任务", "receiveTask": "接收任务",
	"businessRuleTask": "规则任务", "callActivity": "调用活动", "subProcess": "子流程", "transaction": "事务子流程", "adHocSubProcess": "任意顺序子流程",
	"startEvent": "开始事件", "endEvent": "结束事件", "boundaryEvent": "附着事件", "intermediateCatchEvent": "中间等候事件", "intermediateThrowEvent": "中间抛出事件",
	"exclusiveGateway": "排他网关", "inclusiveGateway": "包容网关", "parallelGateway": "并行网关", "eventBasedGateway": "事件网关", "complexGateway": "复杂网关",
	"messageEventDefinition": "消息", "timerEventDefinition": "定时", "errorEventDefinition": "差错", "signalEventDefinition": "信号", "escalationEventDefinition": "上报",
	"compensateEventDefinition": "补偿", "conditionalEventDefinition": "条件", "linkEventDefinition": "链接", "cancelEventDefinition": "取消", "terminateEventDefinition": "终止",
	"dataObject": "数据对象", "dataObjectReference": "数据对象", "dataStore": "数据存储", "dataStoreReference": "数据存储", "dataInputAssociation": "数据输入", "dataOutputAssociation": "数据输出",
	"ioSpecification": "输入输出说明", "property": "属性", "script": "脚本", "resourceRole": "资源角色", "performer": "执行人", "humanPerformer": "执行人", "potentialOwner": "候选人",
	"group": "分组框", "textAnnotation": "注释", "choreography": "编排", "conversation": "会话", "category": "分类", "message": "消息定义", "signal": "信号定义", "error": "差错定义", "escalation": "上报定义",
	"itemDefinition": "数据定义", "interface": "接口定义", "resource": "资源定义", "import": "引入", "documentation": "说明文字", "rendering": "呈现方式", "auditing": "审计", "monitoring": "监测",
}

// called is the Chinese name of an element; one that has none goes by its own.
func called(e *element) string {
	if name, ok := chinese[e.name]; ok {
		return name
	}
	return e.name
}
