import { Testing } from "cdktf";

// Registers the jest matchers of cdktf (toHaveResourceWithProperties and the like).
Testing.setupJest();
