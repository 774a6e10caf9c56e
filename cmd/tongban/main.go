// Command tongban is the whole platform in one program.
package main

func main() {}
