import { type Rule, violationOf } from './rule.js';

/** What cannot be read cannot be verified. */
export const readableSource: Rule = {
  id: 'readable-source',
  title: 'Every source file can be parsed.',
  why: 'Every other rule reads the syntax. A file that cannot be parsed would pass them all unseen.',
  remedy: 'Correct the syntax.',

  check({ workspace }) {
    return workspace.members.flatMap((member) =>
      member.files.flatMap((file) => {
        const [error] = file.parsed.errors;
        if (!error) return [];
        return [
          violationOf(readableSource, {
            member,
            file: file.path,
            position: file.positionOf(error.labels[0]?.start ?? 0),
            subject: 'syntax',
            message: `${file.path} cannot be parsed: ${error.message}.`,
          }),
        ];
      }),
    );
  },
};
