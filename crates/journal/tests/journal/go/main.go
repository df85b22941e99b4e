// Checks a journal of Tỉnh Số with Go's own sumdb packages: the signature of two checkpoints,
// the inclusion of a record, and that the newer tree continues the older one.
//
// It reads one JSON object from standard input, and ends with status 0 if everything holds.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type input struct {
	Vkey        string      `json:"vkey"`
	Old         string      `json:"old"`
	New         string      `json:"new"`
	Record      string      `json:"record"`
	Pos         int64       `json:"pos"`
	Inclusion   []tlog.Hash `json:"inclusion"`
	Consistency []tlog.Hash `json:"consistency"`
}

func main() {
	var in input
	check(json.NewDecoder(os.Stdin).Decode(&in))
	verifier, err := note.NewVerifier(in.Vkey)
	check(err)
	verifiers := note.VerifierList(verifier)
	oldTree, newTree := open(in.Old, verifiers), open(in.New, verifiers)
	leaf := tlog.RecordHash([]byte(in.Record))
	check(tlog.CheckRecord(in.Inclusion, newTree.N, newTree.Hash, in.Pos, leaf))
	check(tlog.CheckTree(in.Consistency, newTree.N, newTree.Hash, oldTree.N, oldTree.Hash))
	fmt.Println("verified", newTree.N)
}

// open checks the note and reads the three lines of a C2SP checkpoint.
func open(text string, verifiers note.Verifiers) tlog.Tree {
	opened, err := note.Open([]byte(text), verifiers)
	check(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	hash, err := tlog.ParseHash(lines[2])
	check(err)
	return tlog.Tree{N: size, Hash: hash}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
