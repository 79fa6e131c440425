"""The project: platform below the features, composition above them."""
