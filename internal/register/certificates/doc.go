// Package certificates keeps electronic certificates (电子证照): the directory
// of what was issued to whom (GB/T 36902, 36903), under the national identifier
// (GB/T 36904), with versions and states, and the sealed file that proves it.
//
// An e-certificate has the force of the paper one (国务院令第716号第十条). Its file
// is an OFD under an electronic seal. The seal is set when the certificate is
// issued, over parts that are a pure function of the record; the file itself is
// put together when someone asks for it, from the same record and the kept
// signature, and is refused if its digest is not the one that was signed. So
// there is one piece of evidence, however often and in whichever wrapping (OFD
// or JSON) it is handed out.
package certificates
