// Package parties knows who asks the government for something (当事人、申请人):
// natural persons and organisations, with what they must be told by and what
// must not be shown of them.
//
// Numbers of documents, telephones and addresses are encrypted in the tables,
// masked on pages, and shown whole to an official only against a reason, which
// is written down.
package parties
