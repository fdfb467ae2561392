import type { SourceFile } from '../workspace/source-file.js';

/** One name that a file exports, or all names of another file. */
export interface ExportedName {
  /** `*` for `export * from`. */
  readonly exported: string;
  /** The name inside this file; undefined when it only passes through. */
  readonly local: string | undefined;
  /** Where it passes through from, with its name there; undefined for an export of the file's own. */
  readonly from: { readonly specifier: string; readonly imported: string } | undefined;
  readonly offset: number;
}

export function exportedNames(file: SourceFile): ExportedName[] {
  return file.parsed.module.staticExports
    .flatMap((statement) =>
      statement.entries.map((entry) => ({
        exported: entry.exportName.name ?? (entry.exportName.kind === 'Default' ? 'default' : '*'),
        local: entry.localName.name ?? undefined,
        from: entry.moduleRequest && {
          specifier: entry.moduleRequest.value,
          imported: entry.importName.name ?? '*',
        },
        offset: statement.start,
      })),
    )
    .map((name) => ({ ...name, from: name.from ?? undefined }));
}
