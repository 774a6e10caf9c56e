// Package seals keeps the electronic seals of agencies (电子印章): who may use
// which, the pictures people see, the SM2 certificates behind them, a log of
// every use, and the proof that a document was sealed.
//
// A seal here is the SES structure of GB/T 38540-2020 (version 4): a picture
// and a list of signer certificates, signed by the seal maker. Sealing signs
// the digest of a document together with the whole seal and the time. An
// e-seal has the force of the physical one (国务院令第716号第九条、第十条).
package seals
