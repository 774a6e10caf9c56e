// Package industries are the templates of composite licences (行业综合许可证的
// 行业模板): which permits an industry needs on one paper, what it takes to get
// them, and what is looked at on one joint visit.
//
// The conditions of the permits stay what they are; a template only puts them
// together. What can be computed from the editions of the items is: Merge says
// each condition once, Visit makes the list of the joint inspection
// (联合踏勘清单). The six ones it aims at are 一次告知、一表申请、一窗受理、
// 一同核查、一并审批、一证准营.
package industries
