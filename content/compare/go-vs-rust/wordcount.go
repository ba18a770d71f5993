// Counts the words of a file and prints the ten most frequent.
package main

import (
	"bufio"
	"cmp"
	"fmt"
	"os"
	"slices"
)

type entry struct {
	word  string
	count int
}

func run(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	counts := map[string]int{}
	scanner := bufio.NewScanner(bufio.NewReaderSize(file, 1<<16))
	scanner.Split(bufio.ScanWords)
	for scanner.Scan() {
		counts[scanner.Text()]++
	}
	if err := scanner.Err(); err != nil {
		return err
	}
	entries := make([]entry, 0, len(counts))
	for word, count := range counts {
		entries = append(entries, entry{word, count})
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.word, b.word))
	})
	for _, e := range entries[:min(10, len(entries))] {
		fmt.Println(e.count, e.word)
	}
	return nil
}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
