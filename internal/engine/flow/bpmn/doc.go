// Package bpmn reads and writes procedures as BPMN 2.0 files (流程图交换文件), so
// that item managers may draw them in any modelling tool.
//
// Import takes the subset that package flow runs. What a file has beyond it is
// kept as the nearest thing and named in a finding, or named as left out; it is
// never dropped in silence. Export writes positions and our own attributes, the
// latter in the namespace of Tongban, so that importing an export gives back the
// same definition.
//
// A file is a stranger's word: size, depth and number of elements are limited,
// and document types with their entities are refused.
package bpmn
