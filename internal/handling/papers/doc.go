// Package papers is what papers say (文书模板): the words of each kind of paper, with
// gaps that are filled in from the case, kept in editions that never change.
//
// An administrator writes the words; what a paper must contain by law is a table,
// Forms, and words that leave it out are refused at their line and column. A paper
// keeps the number of the edition with which it was given, so that it reads the
// same for ever. Edition 1 of each form ships with the program.
//
// The words of a template are plain lines, each a paragraph:
//
//	您申请的“{事项名称}”，{理由}。        {…} is filled in
//	? 附带条件：{附带条件}              left out unless all its gaps are filled
//	{清单}                             alone on a line: the list stands here
package papers
