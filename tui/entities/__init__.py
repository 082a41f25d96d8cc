"""An Article to Mentions to Entities: recogniser process, merging, salience, quotes."""
