package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// mostIssues is how many faults of an argument are told.
const mostIssues = 20

// Contract is one as `contract.json` has it: each schema in it is a document of its own.
type Contract struct {
	Name       string
	Version    string
	Operations map[string]Operation
	Events     map[string]struct{ Data *Schema }
	// Text is all of it.
	Text []byte `json:"-"`
}

// Operation is what the contract says of one.
type Operation struct {
	// Kind is "query", "command" or "task".
	Kind   string
	Input  *Schema
	Output *Schema
}

func readContract(text []byte) (*Contract, error) {
	contract := &Contract{Text: text}
	return contract, json.Unmarshal(text, contract)
}

// Schema is a JSON Schema, ready to hold values against.
type Schema struct{ compiled *jsonschema.Schema }

func (s *Schema) UnmarshalJSON(text []byte) error {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	compiler := jsonschema.NewCompiler()
	compiler.UseRegexpEngine(readPattern)
	if err := compiler.AddResource("schema.json", document); err != nil {
		return err
	}
	s.compiled, err = compiler.Compile("schema.json")
	return err
}

// faults says what of a value in JSON does not fit. Without a schema anything does.
func (s *Schema) faults(text []byte) []Issue {
	if s == nil {
		return nil
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil || !utf8.Valid(text) {
		return []Issue{{Message: "It is no JSON in UTF-8."}}
	}
	var invalid *jsonschema.ValidationError
	if !errors.As(s.compiled.Validate(value), &invalid) {
		return nil
	}
	issues := leaves(invalid)
	return issues[:min(len(issues), mostIssues)]
}

func leaves(fault *jsonschema.ValidationError) []Issue {
	if len(fault.Causes) == 0 {
		keyword := strings.Join(fault.ErrorKind.KeywordPath(), "/")
		return []Issue{{Path: pointer(fault.InstanceLocation), Message: fmt.Sprintf("does not fit the keyword '%s'", keyword)}}
	}
	var issues []Issue
	for _, cause := range fault.Causes {
		issues = append(issues, leaves(cause)...)
	}
	return issues
}

func pointer(place []string) string {
	var text strings.Builder
	for _, part := range place {
		text.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(part))
	}
	return text.String()
}

// pattern is one that holds whatever it cannot read for fitting.
type pattern struct {
	text     string
	compiled *regexp.Regexp
}

// readPattern reads ECMA-262 as far as Go can: it has no look-ahead, and leaves a pattern with one to whoever checks next.
func readPattern(text string) (jsonschema.Regexp, error) {
	compiled, err := regexp.Compile(text)
	if err != nil {
		return pattern{text, nil}, nil
	}
	return pattern{text, compiled}, nil
}

func (p pattern) MatchString(value string) bool {
	return p.compiled == nil || p.compiled.MatchString(value)
}

func (p pattern) String() string { return p.text }
