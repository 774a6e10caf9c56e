// Package intake looks at files that say something of items (事项文件), whatever
// kind they are of: our own editions in YAML and JSON, workbooks, guides and
// catalogues of other systems, and drawn procedures in BPMN. It checks what is
// in them, says what taking it over would change, and takes it over all or
// nothing, or only what is sound.
package intake
