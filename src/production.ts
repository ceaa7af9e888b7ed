// Imported before all else by the program: graphql-js looks at this variable as it loads, and where it is not set looks
// again at every value for a second copy of itself.
// biome-ignore lint/style/noProcessEnv: it is set here for libraries, not read for us
process.env.NODE_ENV ??= 'production'
