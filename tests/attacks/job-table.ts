import type { JobName } from '../../app/src/server/platform/jobs.ts'

interface JobDoor {
  /** What it is told, with the id of something that is not of its kind, or not at all there. */
  payload: (id: string) => Record<string, string>
  /** Why nobody gets more by it than they may have. */
  because: string
  /** What it does where its sender lost the right between sending and running, why, and the test that shows it. */
  rightLost: RightLost
}

type RightLost =
  | { does: 'nothing'; because: string; shownBy: string }
  /** It was never done in anybody's name, or has by then become the office's own. */
  | { does: 'its work'; because: string; shownBy?: string }

const noSender = (because: string): RightLost => ({
  does: 'its work',
  because: `nobody's right sends it: ${because}`,
})
const nightly = (because: string): JobDoor => ({
  payload: () => ({}),
  because,
  rightLost: noSender('the clock does'),
})
const ofImport = (because: string, rightLost: RightLost): JobDoor => ({
  payload: (importId) => ({ importId }),
  because,
  rightLost,
})
const ofDocument = (because: string, rightLost: RightLost): JobDoor => ({
  payload: (documentId) => ({ documentId }),
  because,
  rightLost,
})
const inInterrupted = 'imports/server/interrupted.test.ts'

/** Every kind of job as a door: a new kind does not compile here until it is listed, with its reasons. */
export const jobTable: Readonly<Record<JobName, JobDoor>> = {
  'accounts.password-request': {
    payload: (requestId) => ({ requestId }),
    because: 'it writes to the address of the account that was asked for, and answers nobody',
    rightLost: {
      does: 'nothing',
      because: 'an account that was switched off meanwhile gets no letter',
      shownBy: 'accounts/server/password-requests.test.ts',
    },
  },
  'documents.draw-pages': ofDocument('it keeps pictures beside a document, seen by who sees that', {
    does: 'its work',
    because: 'the document is the office’s from the moment it was brought in',
  }),
  'documents.read': ofDocument('it takes a document once, and gives the review to its own office', {
    does: 'its work',
    because: 'the document is the office’s from the moment it was brought in; who sent it sees it no more',
    shownBy: 'documents/server/documents.test.ts',
  }),
  'files.forget': {
    payload: (id) => ({ hash: id.replaceAll('-', '').repeat(2) }),
    because: 'it forgets only what no row names',
    rightLost: noSender('what was let go of is let go of'),
  },
  'files.sweep': nightly('it removes only what no row names'),
  'imports.apply': ofImport('it asks for the right of the sender again when it runs: interrupted.test.ts', {
    does: 'nothing',
    because: 'it writes in the name of the sender',
    shownBy: inInterrupted,
  }),
  'imports.forget': ofImport(
    'it is sent by the bringing in alone, and shows nothing',
    noSender('what has served is forgotten'),
  ),
  'imports.read': ofImport('it reads for its sender alone, by the rights of the moment', {
    does: 'nothing',
    because: 'it would tell the sender which people are known',
    shownBy: inInterrupted,
  }),
  'imports.undo': ofImport('it takes back an import that its sender has asked to take back, once', {
    does: 'nothing',
    because: 'it writes in the name of the sender',
    shownBy: inInterrupted,
  }),
  'mail.send': {
    payload: (letterId) => ({ letterId }),
    because: 'it sends to the address in the letter, while that waits',
    rightLost: {
      does: 'its work',
      because: 'a letter tells what was done with right; its link stops working where that is taken back',
    },
  },
  'personal-data.retire': nightly('it removes by terms that the settings name'),
  'reorganisations.take-effect': {
    payload: () => ({}),
    because: 'it does what is scheduled up to today, once',
    rightLost: {
      does: 'its work',
      because: 'a decision is the office’s and stands; whoever has the right now undoes it until its day',
      shownBy: 'reorganisations/server/take-effect.test.ts',
    },
  },
}
