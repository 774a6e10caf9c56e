// Package companies is the register of companies (市场主体登记簿): for each one
// record, from its founding to its end (开办、变更、歇业、注销).
//
// Nobody writes in it what they please. A state follows from a case that was
// decided, or from a notice that the company itself makes public, as the law
// has it; the table Life says which follows which. What may be done next, and
// why something may not, is asked of the same table (汉经开〔2023〕(二) 4—6,
// 市场主体登记管理条例第三十条至第三十三条).
package companies
