// Package projects sees construction projects from their filing to their
// completion (工程建设项目审批): four stages and the parallel fifth, each with one
// lead, one form, one set of materials and one acceptance; the steward who keeps
// them moving (项目管家); joint visits, drawing reviews and acceptances whose
// opinions become one; technical services and utilities in the same file; and the
// desk for major projects (国办发〔2019〕11号; 苏政务办发〔2023〕8号（五）;
// 汉中经开区2023年方案（一）1—3).
//
// A stage is applied for as one matter of the room joint; its parts are ordinary
// cases. What stands here is the file around them.
package projects
