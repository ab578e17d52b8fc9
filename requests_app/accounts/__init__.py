"""Who gets in, and what signing in leaves behind: allauth, as this desk sets it up."""
