// A stand-in for "helm template RELEASE CHART --namespace NAME --values FILE", for machines that have no Helm: the same template engine (text/template), the same
// functions (sprig) and the same reading of values. It knows no dependencies, no hooks' order and no cluster ("lookup" finds nothing).
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"github.com/santhosh-tekuri/jsonschema"
	"sigs.k8s.io/yaml"
)

type object = map[string]any

func main() {
	if len(os.Args) < 4 || os.Args[1] != "template" {
		fmt.Println(recipe)
		return
	}
	if err := render(os.Args[2], os.Args[3], os.Args[4:]); err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
}

var recipe string // which version of this file it was built from

func render(release, folder string, options []string) error {
	chart, err := read(filepath.Join(folder, "Chart.yaml"))
	if err != nil {
		return err
	}
	values, err := read(filepath.Join(folder, "values.yaml"))
	if err != nil {
		return err
	}
	namespace := "default"
	for i := 0; i+1 < len(options); i += 2 {
		switch options[i] {
		case "--namespace":
			namespace = options[i+1]
		case "--values":
			more, err := read(options[i+1])
			if err != nil {
				return err
			}
			merge(values, more)
		default:
			return fmt.Errorf("unknown option %s", options[i])
		}
	}
	if err := check(filepath.Join(folder, "values.schema.json"), values); err != nil {
		return err
	}
	return write(folder, object{
		"Values":       values,
		"Chart":        capitalized(chart),
		"Release":      object{"Name": release, "Namespace": namespace, "Service": "Helm", "IsInstall": true, "IsUpgrade": false, "Revision": 1},
		"Capabilities": object{"KubeVersion": object{"Version": "v1.34.0", "Major": "1", "Minor": "34"}},
		"Files":        files(folder),
	})
}

func read(file string) (object, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	result := object{}
	if err := yaml.Unmarshal(text, &result); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return result, nil
}

// As Helm merges: a map into a map, anything else in the other's place, and null takes away.
func merge(into, from object) {
	for key, value := range from {
		below, isMap := value.(object)
		there, wasMap := into[key].(object)
		switch {
		case value == nil:
			delete(into, key)
		case isMap && wasMap:
			merge(there, below)
		default:
			into[key] = value
		}
	}
}

func check(file string, values object) error {
	schema, err := jsonschema.Compile("file://" + file)
	if err != nil {
		return err
	}
	text, err := json.Marshal(values)
	if err != nil {
		return err
	}
	var plain any
	if err := json.Unmarshal(text, &plain); err != nil {
		return err
	}
	if err := schema.Validate(plain); err != nil {
		return fmt.Errorf("values don't meet the specifications of the schema: %#v", err)
	}
	return nil
}

func capitalized(chart object) object {
	result := object{}
	for key, value := range chart {
		result[strings.ToUpper(key[:1])+key[1:]] = value
	}
	return result
}

type chartFiles string

func files(folder string) chartFiles { return chartFiles(folder) }

func (folder chartFiles) Get(name string) string {
	text, _ := os.ReadFile(filepath.Join(string(folder), name))
	return string(text)
}

func write(folder string, top object) error {
	name := top["Chart"].(object)["Name"].(string)
	paths, err := filepath.Glob(filepath.Join(folder, "templates", "*"))
	if err != nil {
		return err
	}
	all := template.New("").Option("missingkey=zero")
	all.Funcs(functions(all))
	names := map[string]bool{}
	for _, file := range paths {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		at := path.Join(name, "templates", filepath.Base(file))
		if _, err := all.New(at).Parse(string(text)); err != nil {
			return err
		}
		names[at] = !strings.HasPrefix(filepath.Base(file), "_")
	}
	for _, at := range slices.Sorted(maps.Keys(names)) {
		if !names[at] {
			continue
		}
		top["Template"] = object{"Name": at, "BasePath": path.Join(name, "templates")}
		var text bytes.Buffer
		if err := all.ExecuteTemplate(&text, at, top); err != nil {
			return err
		}
		result := strings.ReplaceAll(text.String(), "<no value>", "")
		if strings.TrimSpace(result) != "" && path.Base(at) != "NOTES.txt" {
			fmt.Printf("---\n# Source: %s\n%s\n", at, strings.TrimSpace(result))
		}
	}
	return nil
}

func functions(all *template.Template) template.FuncMap {
	result := sprig.TxtFuncMap()
	delete(result, "env")
	delete(result, "expandenv")
	result["include"] = func(name string, data any) (string, error) {
		var text strings.Builder
		err := all.ExecuteTemplate(&text, name, data)
		return text.String(), err
	}
	result["toYaml"] = func(value any) (string, error) {
		text, err := yaml.Marshal(value)
		return strings.TrimSuffix(string(text), "\n"), err
	}
	result["required"] = func(words string, value any) (any, error) {
		if value == nil || value == "" {
			return nil, fmt.Errorf("%s", words)
		}
		return value, nil
	}
	result["lookup"] = func(string, string, string, string) object { return object{} }
	return result
}
