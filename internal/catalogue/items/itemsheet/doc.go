// Package itemsheet is the workbook in which civil servants keep items
// (事项工作簿): one row an item in the sheet 事项, and one sheet each for its
// materials, conditions, fees, steps, questions and whatever else it has
// several of, every row beginning with the item it belongs to.
//
// What is written is read again without a difference. What cannot be read is
// told by sheet, row and column, with what was expected there; nothing is
// guessed and no column is passed over in silence.
package itemsheet
